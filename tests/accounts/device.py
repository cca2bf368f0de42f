"""A laptop that makes and shows passkeys, in software: what a browser's script would send."""

import hashlib
import json
import secrets

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url

PRESENT, VERIFIED, MADE = 1, 4, 64


class Device:
    """One authenticator with one key, which checks its user or does not."""

    def __init__(self, *, checks=True, origin="http://localhost"):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)
        self.uses = 0
        self.origin = origin
        self.flags = PRESENT | (VERIFIED if checks else 0)

    def make(self, question, **changed):
        """The answer to a question for a new passkey."""
        public = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: public.x.to_bytes(32, "big"), -3: public.y.to_bytes(32, "big")}
        credential = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(cose)
        data = self._data(question["rp"]["id"], self.flags | MADE) + credential
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", question | changed)
        return self._answer(clientDataJSON=client, attestationObject=attestation)

    def show(self, question, **changed):
        """The answer to a question for a passkey there is."""
        self.uses += 1
        client = self._client("webauthn.get", question | changed)
        data = self._data(question["rpId"], self.flags)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _client(self, what, question):
        return json.dumps(
            {"type": what, "challenge": question["challenge"], "origin": self.origin, "crossOrigin": False}
        ).encode()

    def _data(self, place, flags):
        return hashlib.sha256(place.encode()).digest() + bytes([flags]) + self.uses.to_bytes(4, "big")

    def _answer(self, **parts):
        response = {name: bytes_to_base64url(part) for name, part in parts.items()} | {"transports": ["internal", "x"]}
        return json.dumps(
            {"id": bytes_to_base64url(self.id), "rawId": bytes_to_base64url(self.id), "type": "public-key", "response": response}
        )


def add_passkey(client, device, name="My laptop"):
    """Let the person in this browser make a passkey with `device`; returns the answer of the portal."""
    question = client.submit("/me/passkeys/question").json
    return client.submit("/me/passkeys", {"name": name, "passkey": device.make(question)})


def sign_in_with(client, device, **more):
    """Sign in with a passkey, alone or after the right password."""
    question = client.submit("/sign-in/passkey/question").json
    return client.submit("/sign-in/passkey", {"passkey": device.show(question), **more})
