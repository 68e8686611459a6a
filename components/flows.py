"""Where the bands of a flow lie: nodes in layers from left to right, bands between them as thick as what flows. No picture."""

from dataclasses import dataclass

import pandas as pd

HIGH, GAP, SLOT = (
    340.0,
    6.0,
    34.0,
)  # points: the whole, between two nodes, and what a node with its label takes at least
STEPS = 12
WIDE, NODE = 100.0, 2.0  # the way from the first layer to the last, and the width of a node
MOST = 7  # nodes in a layer; the smallest fall together


@dataclass(frozen=True)
class Flow:
    """Nodes (layer, name, yuan, x, x2, y, y2, middle) and the points of the bands (band, name, x, y, y2)."""

    nodes: pd.DataFrame
    bands: pd.DataFrame


def lay(frame: pd.DataFrame, layers: list[str], yuan: str, others: str) -> Flow:
    """The flow of rows through the columns of `layers`; every layer sums to the same."""
    frame = frame[frame[yuan] > 0].assign(**{layer: _few(frame, layer, yuan, others) for layer in layers})
    frame = frame.groupby(layers, as_index=False)[yuan].sum()
    scale = _scale([frame.groupby(layer)[yuan].sum().tolist() for layer in layers])
    nodes = pd.concat([_layer(frame, layers, place, yuan, scale, others) for place in range(len(layers))])
    spots = nodes.set_index(["layer", "name"])
    bands = [_bands(frame, layers, place, yuan, scale, spots) for place in range(len(layers) - 1)]
    return Flow(nodes.reset_index(drop=True), pd.concat(bands, ignore_index=True))


def _few(frame: pd.DataFrame, layer: str, yuan: str, others: str) -> pd.Series:
    sums = frame.groupby(layer)[yuan].sum().sort_values(ascending=False)
    kept = sums.index if len(sums) <= MOST else sums.index[: MOST - 1]
    return frame[layer].where(frame[layer].isin(kept), others)


def _scale(layers: list[list[float]]) -> float:
    """Points for a yuan, so that the fullest layer fits with room for the label of its smallest node."""
    low, high = 0.0, HIGH / max(sum(values) for values in layers)
    for _ in range(40):
        middle = (low + high) / 2
        fits = all(sum(max(value * middle, SLOT) + GAP for value in values) <= HIGH + GAP for values in layers)
        low, high = (middle, high) if fits else (low, middle)
    return low


def _layer(frame: pd.DataFrame, layers: list[str], place: int, yuan: str, scale: float, others: str) -> pd.DataFrame:
    """The nodes of a layer, the largest on top, what fell together below."""
    sums = frame.groupby(layers[place])[yuan].sum().sort_values(ascending=False)
    names = sorted(sums.index, key=lambda name: (name == others, -sums[name]))
    left = WIDE * place / (len(layers) - 1)
    rows, y = [], 0.0
    for name in names:
        thick, room = sums[name] * scale, max(sums[name] * scale, SLOT)
        top = y + (room - thick) / 2
        rows.append((place, name, sums[name], left - NODE / 2, left + NODE / 2, top, top + thick, y + room / 2))
        y += room + GAP
    return pd.DataFrame(rows, columns=["layer", "name", "yuan", "x", "x2", "y", "y2", "middle"])


def _bands(
    frame: pd.DataFrame, layers: list[str], place: int, yuan: str, scale: float, spots: pd.DataFrame
) -> pd.DataFrame:
    """Each band from a node to one of the next layer, in the order of the nodes at both ends, so that none crosses at a node."""
    pairs = frame.groupby([layers[place], layers[place + 1]], as_index=False)[yuan].sum()
    pairs.columns = ["out", "into", "yuan"]
    tops = {
        (side, name): spots.loc[(place + side, name), "y"] for side in (0, 1) for name in pairs.iloc[:, side].unique()
    }
    ends: dict[tuple[str, str], list[float]] = {(row.out, row.into): [] for row in pairs.itertuples()}
    for side in (0, 1):
        other = 1 - side
        pairs["turn"] = [spots.loc[(place + other, name), "y"] for name in pairs.iloc[:, other]]
        for row in pairs.sort_values("turn").itertuples():
            name = (row.out, row.into)[side]
            ends[row.out, row.into].append(tops[side, name])
            tops[side, name] += row.yuan * scale
    first, last = spots.loc[place, "x2"].iloc[0], spots.loc[place + 1, "x"].iloc[0]
    points = [
        (f"{place} {row.out} {row.into}", row.out, row.into, row.yuan, first + (last - first) * step / STEPS, y, y + row.yuan * scale)
        for row in pairs.itertuples()
        for step in range(STEPS + 1)
        for y in [_between(ends[row.out, row.into], step / STEPS)]
    ]  # fmt: skip
    return pd.DataFrame(points, columns=["band", "out", "into", "yuan", "x", "y", "y2"])


def _between(ends: list[float], share: float) -> float:
    """A height on the way, level at both ends."""
    first, last = ends
    return first + (last - first) * share * share * (3 - 2 * share)
