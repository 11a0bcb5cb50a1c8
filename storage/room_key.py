"""The room's own key: what its clips are signed with, and what says that a file is this room's.

It is made at the first start, in the room's folder under `keys/`, which only the owner can read.
It never leaves that folder: files carry its certificates, which name the room by a fingerprint.
"""

import datetime
import hashlib
import logging
import os
import stat
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

#: The file in `keys/`: private key, certificate and the certificate that it is issued by, in PEM.
FILE = "room.pem"
#: Days that a certificate holds. Nothing stamps our clips with a time that others vouch for, so
#: one that has run out would make every clip of the room look wrong.
DAYS = 36_500

log = logging.getLogger(__name__)


class RoomKeyError(Exception):
    """The room's key can't be used; the message is one sentence for the owner."""


@dataclass(frozen=True)
class RoomKey:
    """A room's key and certificates, in PEM."""

    #: What files call the room: "3F9A-C21B". Not a secret.
    room: str
    #: The signer's certificate and its issuer's.
    chain: bytes = field(repr=False)
    #: The issuer's certificate alone: what a file must lead back to, to be this room's.
    anchor: bytes = field(repr=False)
    private: bytes = field(repr=False)


def room_key(home: Path) -> RoomKey:
    """The key of the room in `home`, made where there is none. Blocks. Raises RoomKeyError."""
    path = home / "keys" / FILE
    if not path.exists():
        _make(path)
    try:
        pem = path.read_bytes()
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            log.warning("others on this machine can read %s: run chmod 600 on it", path)
        return _parsed(pem)
    except (OSError, ValueError) as error:
        raise RoomKeyError(
            f"The room's key {path} can't be read ({type(error).__name__}): bring it back from a"
            " backup, or move it away and a new one is made, which will not know older clips."
        ) from None


def _make(path: Path) -> None:
    """Write a new key, unless another process was faster."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unnamed = path.with_name(f".{uuid.uuid4().hex}")
    try:
        with open(os.open(unnamed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(_fresh())
            file.flush()
            os.fsync(file.fileno())
        _name_it(unnamed, path)
    finally:
        unnamed.unlink(missing_ok=True)


def _name_it(unnamed: Path, path: Path) -> None:
    """Give the key its name, durably, unless another has it: one key, whoever comes second."""
    try:
        # Unlike a rename this fails where the name is taken.
        path.hardlink_to(unnamed)
    except FileExistsError:
        return
    except OSError:
        # A disk that knows no hard links.
        unnamed.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _fresh() -> bytes:
    """A private key, its certificate and its issuer's, in PEM.

    Credentials refuse a certificate that signed itself. So there is an issuer, whose own key is
    forgotten at once: nobody can ever issue another certificate of this room.
    """
    issuer, signer = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    name = _name(_fingerprint(issuer.public_key()))
    anchor = (
        _begun(name, name, signer=issuer.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(issues=True), critical=True)
        .sign(issuer, hashes.SHA256())
    )
    leaf = (
        _begun(name, name, signer=signer.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(issues=False), critical=True)
        # C2PA 2.2, 14.5.1: one of a few purposes has to be named, and this is the plainest.
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key()), False
        )
        .sign(issuer, hashes.SHA256())
    )
    private = signer.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + leaf.public_bytes(Encoding.PEM) + anchor.public_bytes(Encoding.PEM)


def _begun(
    subject: x509.Name, issuer: x509.Name, *, signer: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(signer)
        .serial_number(x509.random_serial_number())
        # A clock that is set back a little must not make today's clips look early.
        .not_valid_before(now - datetime.timedelta(days=2))
        .not_valid_after(now + datetime.timedelta(days=DAYS))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(signer), critical=False)
    )


def _name(room: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Reelroom"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"Reelroom {room}"),
        ]
    )


def _usage(*, issues: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not issues,
        key_cert_sign=issues,
        crl_sign=issues,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _parsed(pem: bytes) -> RoomKey:
    """Raises ValueError where something is missing or broken."""
    private = load_pem_private_key(pem, password=None)
    leaf, anchor = x509.load_pem_x509_certificates(pem)
    issuer = anchor.public_key()
    if leaf.public_key() != private.public_key() or not isinstance(
        issuer, ec.EllipticCurvePublicKey
    ):
        raise ValueError("a certificate of another key")
    last = anchor.public_bytes(Encoding.PEM)
    return RoomKey(
        room=_fingerprint(issuer),
        chain=leaf.public_bytes(Encoding.PEM) + last,
        anchor=last,
        private=private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )


def _fingerprint(issuer: ec.EllipticCurvePublicKey) -> str:
    content = issuer.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    digits = hashlib.sha256(content).hexdigest()[:8].upper()
    return f"{digits[:4]}-{digits[4:]}"
