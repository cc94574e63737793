"""`thanthien bench queue`: the hall measured from outside, on a house of its own, started as usual (P7–P10)."""
