"""One validator of columns and one of groups: what the errors name, and what the masks select."""

import pandas as pd
import pytest

from toolkit._tables import require_columns, select_groups


def test_missing_columns_are_all_named_with_those_present_and_the_next_step() -> None:
    table = pd.DataFrame({"text": ["a"], "likes": [1]})
    with pytest.raises(
        ValueError, match=r"^The table needs the columns 'kind' and 'posted'; it has \['text', 'likes'\]\. Do x\.$"
    ):
        require_columns(table, ("text", "kind", "posted"), "Do x.")
    with pytest.raises(ValueError, match=r"needs the columns 'a', 'b' and 'c'; it has \[\]\. Do x\."):
        require_columns(pd.DataFrame(), ("a", "b", "c"), "Do x.")
    require_columns(table, ("text", "likes"), "Do x.")
    require_columns(table, "text", "Do x.")


def test_a_column_with_nearly_the_missing_name_is_suggested() -> None:
    table = pd.DataFrame(columns=["text", "kind", "sentiment"])
    with pytest.raises(
        ValueError, match=r"needs the column 'sentimnt' \(did you mean 'sentiment'\?\); it has \['text', "
    ):
        require_columns(table, "sentimnt", "Do x.")


def test_a_column_that_occurs_twice_is_named_as_such() -> None:
    table = pd.DataFrame([[1, 2, 3]], columns=["text", "kind", "text"])
    with pytest.raises(ValueError, match=r"needs the column 'text' only once; it has \['text', 'kind', 'text'\]\."):
        require_columns(table, ["text", "kind"], "Rename one.")


def test_groups_are_two_masks_and_missing_labels_belong_to_neither() -> None:
    table = pd.DataFrame({"side": pd.array(["a", None, "b", "c", "a"], dtype="string")})
    first, second = select_groups(table, "side", ("a", "b"))
    assert first.tolist() == [True, False, False, False, True]
    assert second.tolist() == [False, False, True, False, False]


def test_groups_may_be_of_any_type_and_a_table_may_have_repeated_index() -> None:
    table = pd.DataFrame({"year": [2023, 2024, 2024]}, index=[7, 7, 7])
    assert [rows.sum() for rows in select_groups(table, "year", (2023, 2024))] == [1, 2]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("by", "pair", "message"),
    [
        ("kind", ("x", "x"), "pair must name two different groups of column 'kind', not \\('x', 'x'\\)"),
        ("kind", ("x",), "pair must name two different groups"),
        ("side", ("x", "y"), "needs the column 'side'; it has \\['kind'\\]. Name the column .* with by="),
        ("kind", ("x", "z"), "Column 'kind' has no 'z'; it has \\['x', 'y'\\]. Name two of them with pair="),
    ],
)
def test_the_error_of_a_missing_group_names_those_that_are_there(by: str, pair: tuple[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        select_groups(pd.DataFrame({"kind": ["x", "y", None]}), by, pair)
