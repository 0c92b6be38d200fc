"""Sealed values open where they were sealed and nowhere else; equal values meet blindly."""

import json
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from webapp.models import keys
from webapp.models.base import new_key
from webapp.models.keys import CannotOpen, Keyring


@pytest.fixture
def ring(app: Flask) -> Keyring:
    fresh = Keyring.fresh()
    keys.use(fresh)
    return fresh


@pytest.mark.req("SYS-05")
def test_a_sealed_value_opens_under_the_same_row_and_column_only(ring: Keyring) -> None:
    sealed = keys.seal("account|phone", "13800000001", "account|phone|abc")
    assert "13800000001" not in sealed
    assert keys.unseal("account|phone", sealed, "account|phone|abc") == "13800000001"
    for purpose, aad in (("account|phone", "account|phone|abd"), ("account|email", "account|phone|abc")):
        with pytest.raises(CannotOpen):
            keys.unseal(purpose, sealed, aad)


@pytest.mark.req("SYS-05")
def test_every_changed_character_of_a_sealed_value_is_noticed(ring: Keyring) -> None:
    sealed = keys.seal("account|phone", "13800000001", "row")
    for place in range(len(sealed)):
        if sealed[place] == "=":
            continue
        changed = sealed[:place] + ("A" if sealed[place] != "A" else "g") + sealed[place + 1 :]
        with pytest.raises(CannotOpen):
            keys.unseal("account|phone", changed, "row")


@pytest.mark.req("SYS-05")
def test_old_values_open_after_the_key_was_changed(ring: Keyring) -> None:
    before = keys.seal("account|phone", "13800000001", "row")
    index = keys.blind("phone", "13800000001")
    keys.use(Keyring({**ring.roots, "k2": b"2" * 32}, "k2", ring.index))
    after = keys.seal("account|phone", "13800000001", "row")
    assert after.startswith("v1:k2:")
    assert keys.unseal("account|phone", before, "row") == keys.unseal("account|phone", after, "row")
    assert keys.blind("phone", "13800000001") == index


@pytest.mark.parametrize("broken", ["", "plain text", "v0:k1:AAAA", "v1:k9:AAAA", "v1:k1:", "v1:k1:not base64!"])
def test_what_was_never_sealed_does_not_open(ring: Keyring, broken: str) -> None:
    with pytest.raises(CannotOpen):
        keys.unseal("account|phone", broken, "row")


@given(st.text(max_size=60))
def test_any_text_survives_sealing(text: str) -> None:
    keys.use(Keyring({"k1": b"1" * 32}, "k1", b"i" * 32))
    assert keys.unseal("p", keys.seal("p", text, "row"), "row") == text


def test_the_same_value_has_different_indexes_for_different_purposes(ring: Keyring) -> None:
    assert keys.blind("phone", "13800000001") != keys.blind("email", "13800000001")


def test_a_key_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "new-keys.json"
    Keyring.fresh().save(path)
    assert Keyring.load(path).current == "k1"
    path.chmod(0o644)
    with pytest.raises(PermissionError):
        Keyring.load(path)


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "new-keys.json"
    Keyring.fresh().save(path)
    with pytest.raises(FileExistsError):
        Keyring.fresh().save(path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        json.dumps({"roots": {"k1": "c2hvcnQ="}, "current": "k1", "index": "c2hvcnQ="}),
        json.dumps({"roots": {}, "current": "k1", "index": ""}),
    ],
)
def test_a_file_that_holds_no_keys_says_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "new-keys.json"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(ValueError, match="key"):
        Keyring.load(path)


@given(st.lists(st.text(max_size=80), max_size=5))
def test_many_values_are_sealed_and_hashed_as_one_is(texts: list[str]) -> None:
    keys.use(Keyring({"k1": b"1" * 32}, "k1", b"i" * 32))
    assert keys.blind_all("phone", texts) == [keys.blind("phone", text) for text in texts]
    rows = [f"row {place}" for place in range(len(texts))]
    sealed = keys.seal_all("p", texts, rows)
    assert [keys.unseal("p", one, row) for one, row in zip(sealed, rows, strict=True)] == texts


def test_keys_of_rows_are_all_different_and_as_long_as_any() -> None:
    drawn = keys.row_keys(5_000)
    assert len(set(drawn)) == 5_000 and {len(key) for key in drawn} == {len(new_key())}
    assert len({key[:2] for key in drawn}) == 1 and keys.row_keys(0) == []
