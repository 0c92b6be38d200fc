"""Sealed files: nothing readable on the disk, and nothing opens in another place."""

from hashlib import sha256

import pytest

from webapp.domain.ports import Damaged, Missing
from webapp.models import keys as keyring
from webapp.providers.storage_disk import DiskStorage
from webapp.providers.vault import Vault

PHOTO = b"\xff\xd8\xff made-up photo " * 5000


@pytest.fixture
def vault(tmp_path):
    keyring.use(keyring.Keyring.fresh())
    return Vault(DiskStorage(tmp_path), keyring)


def raw(vault, name):
    return vault.storage.root / name[:2] / name


@pytest.mark.req("SYS-05")
def test_a_file_is_sealed_on_the_disk_and_comes_back(vault):
    stored = vault.put(PHOTO, "uploads|k1")
    assert (stored.size, stored.digest) == (len(PHOTO), sha256(PHOTO).hexdigest())
    assert b"made-up" not in raw(vault, stored.name).read_bytes()
    assert vault.get(stored.name, stored.wrapped_key, "uploads|k1") == PHOTO


def test_the_same_file_twice_looks_like_two(vault):
    first, second = vault.put(PHOTO, "uploads|k1"), vault.put(PHOTO, "uploads|k1")
    assert first.name != second.name
    assert first.wrapped_key != second.wrapped_key
    assert raw(vault, first.name).read_bytes() != raw(vault, second.name).read_bytes()


def test_a_file_moved_to_another_row_does_not_open(vault):
    first, second = vault.put(PHOTO, "uploads|k1"), vault.put(b"other", "uploads|k2")
    for name, key, aad in (
        (first.name, first.wrapped_key, "uploads|k2"),
        (first.name, second.wrapped_key, "uploads|k2"),
        (second.name, first.wrapped_key, "uploads|k1"),
        (first.name, first.wrapped_key, "photos|k1"),
    ):
        with pytest.raises(Damaged):
            vault.get(name, key, aad)


@pytest.mark.parametrize("place", [0, 3, 14, 15, 40, -17, -1])
def test_a_flipped_bit_is_noticed(vault, place):
    stored = vault.put(PHOTO, "uploads|k1")
    sealed = bytearray(raw(vault, stored.name).read_bytes())
    sealed[place] ^= 1
    raw(vault, stored.name).write_bytes(sealed)
    with pytest.raises(Damaged):
        vault.get(stored.name, stored.wrapped_key, "uploads|k1")


@pytest.mark.parametrize("length", [0, 2, 3, 10, 15, 30, 1000])
def test_a_cut_file_is_noticed(vault, length):
    stored = vault.put(PHOTO, "uploads|k1")
    raw(vault, stored.name).write_bytes(raw(vault, stored.name).read_bytes()[:length])
    with pytest.raises(Damaged):
        vault.get(stored.name, stored.wrapped_key, "uploads|k1")


@pytest.mark.parametrize("wrapped", ["", "v1:k1:", "v1:k9:AAAA", "v1:k1:AAAA", "not sealed at all", PHOTO.hex()])
def test_a_key_that_is_not_one_opens_nothing(vault, wrapped):
    stored = vault.put(PHOTO, "uploads|k1")
    with pytest.raises(Damaged):
        vault.get(stored.name, wrapped, "uploads|k1")


def test_with_other_keys_nothing_opens(vault):
    stored = vault.put(PHOTO, "uploads|k1")
    keyring.use(keyring.Keyring.fresh())
    with pytest.raises(Damaged):
        vault.get(stored.name, stored.wrapped_key, "uploads|k1")


def test_a_shredded_file_is_gone(vault):
    stored = vault.put(PHOTO, "uploads|k1")
    vault.shred(stored.name)
    vault.shred(stored.name)
    assert list(vault.storage.names()) == []
    with pytest.raises(Missing):
        vault.get(stored.name, stored.wrapped_key, "uploads|k1")


def test_no_fault_shows_the_key(vault):
    stored = vault.put(PHOTO, "uploads|k1")
    with pytest.raises(Damaged) as no:
        vault.get(stored.name, stored.wrapped_key, "uploads|k2")
    assert stored.wrapped_key not in str(no.value)
