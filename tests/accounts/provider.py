"""A small OpenID Connect provider on a real socket, strict about what it is asked, which can be told to lie."""

import base64
import hashlib
import http.client
import json
import time
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

from flask import Flask, redirect, request
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from portal.kernel import settings
from tests.fixtures.serving import serving

CLIENT, SECRET = "the portal", "a secret/with:signs"
PERSON = {"sub": "ada-7", "name": "Ada Fenwick", "email": "ada@lindmoor.example", "email_verified": True}
KEY = RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})


class StrictProvider:
    """Whoever comes is `person`. `lies` replace claims, `about` what it publishes; `broken` is what all endpoints answer."""

    def __init__(self):
        self.issuer = ""
        self.person, self.lies, self.about, self.answers = dict(PERSON), {}, {}, {}
        self.key, self.algorithm, self.broken, self.in_userinfo = KEY, "RS256", None, ()
        self.codes, self.asked = {}, []
        self.app = Flask("provider")
        self.app.before_request(lambda: self.broken)
        self.app.add_url_rule("/.well-known/openid-configuration", "about", self.tell)
        self.app.add_url_rule("/authorize", "authorize", self.authorize)
        self.app.add_url_rule("/token", "token", self.token, methods=["POST"])
        self.app.add_url_rule("/userinfo", "userinfo", self.userinfo)
        self.app.add_url_rule("/jwks", "jwks", lambda: {"keys": [self.key.as_dict(private=False), {"kty": "future"}]})

    def as_setting(self, key="lindmoor", name="Lindmoor University"):
        return settings.Provider(key, name, self.issuer, CLIENT, SECRET)

    def tell(self):
        ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        told = {f"{name}_endpoint": f"{self.issuer}/{path}" for name, path in ends.items()}
        return told | {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/jwks"} | self.about

    def authorize(self):
        asked = request.args
        self.asked.append(dict(asked))
        assert (asked["client_id"], asked["response_type"], asked["code_challenge_method"]) == (CLIENT, "code", "S256")
        code = f"code-{len(self.asked)}"
        self.codes[code] = asked
        return redirect(asked["redirect_uri"] + "?" + urlencode({"code": code, "state": asked["state"]} | self.answers), 303)

    def token(self):
        pair = base64.b64decode(request.headers["Authorization"].removeprefix("Basic ")).decode()
        asked = self.codes.pop(request.form["code"], None)
        if pair != "the%20portal:a%20secret%2Fwith%3Asigns" or asked is None:
            return {"error": "invalid_client"}, 401
        challenge = (
            base64.urlsafe_b64encode(hashlib.sha256(request.form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        )
        if challenge != asked["code_challenge"] or request.form["redirect_uri"] != asked["redirect_uri"]:
            return {"error": "invalid_grant"}, 400
        now = int(time.time())
        told = {name: value for name, value in self.person.items() if name not in self.in_userinfo}
        claims = told | {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        if "max_age" in asked:
            claims["auth_time"] = now
        return {"token_type": "Bearer", "access_token": "let me", "id_token": self.signed(claims | self.lies)}

    def userinfo(self):
        assert request.headers["Authorization"] == "Bearer let me"
        return self.person

    def signed(self, claims):
        if self.algorithm == "none":
            head, body = ({"alg": "none"}, claims)
            return (
                ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (head, body)) + "."
            )
        key = OctKey.import_key(SECRET * 4) if self.algorithm == "HS256" else self.key
        return jwt.encode({"alg": self.algorithm, "kid": self.key.kid}, claims, key, algorithms=[self.algorithm])


@contextmanager
def provider_at_work():
    """The provider, serving until the block ends."""
    made = StrictProvider()
    with serving(made.app, threads=2) as address:
        made.issuer = address
        yield made


def answer_of(address):
    """What the server at `address` answers to a browser: where it sends it on."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    connection.request("GET", f"{parts.path}?{parts.query}")
    location = connection.getresponse().headers["Location"]
    connection.close()
    return location


def travel(client, start):
    """Go over the provider and back, as a browser does; returns the portal's answer."""
    out = client.get(start)
    if not out.location.startswith("http://127.0.0.1"):
        return out
    return client.get(answer_of(out.location).removeprefix("http://127.0.0.1:8000"))
