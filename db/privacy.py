"""What leaves the home: groups too small to hide in are taken out, and what would reveal them by subtraction."""

import pandas as pd


def hide_small(frame: pd.DataFrame, n: int) -> pd.DataFrame:
    """The frame with every figure emptied that rests on fewer than `n` people (`people`), or leaves fewer than `n` (`rest`).

    The next smallest groups go too until at least two are hidden with `n` people among them: the total tells none of them.
    """
    if "people" not in frame:
        return frame
    people = frame["people"].fillna(n)
    small = people.between(1, n - 1)
    if "rest" in frame:
        small |= frame["rest"].between(1, n - 1)
    else:
        while small.any() and (small.sum() < 2 or people[small].sum() < n):
            left = people[~small & (people > 0)]
            if left.empty:
                break
            small |= people == left.min()
    figures = frame.select_dtypes("number").columns
    frame = frame.astype(dict.fromkeys(figures, "Float64"))
    frame.loc[small, figures] = pd.NA
    return frame
