"""What leaves the home: groups too small to hide in are taken out, and what would reveal them by subtraction."""

import pandas as pd


def hide_small(frame: pd.DataFrame, n: int) -> pd.DataFrame:
    """The frame with every figure emptied that rests on fewer than `n` people (`people`), or leaves fewer than `n` (`rest`).

    Where only one group is hidden, the next smallest goes too, so that the total does not tell it.
    """
    if "people" not in frame:
        return frame
    people = frame["people"].fillna(n)
    small = people.between(1, n - 1)
    if "rest" in frame:
        small |= frame["rest"].between(1, n - 1)
    elif small.sum() == 1 and (people > 0).sum() > 1:
        small |= people == people[~small & (people > 0)].min()
    figures = frame.select_dtypes("number").columns
    frame = frame.astype(dict.fromkeys(figures, "Float64"))
    frame.loc[small, figures] = pd.NA
    return frame
