"""The link that stops mails without signing in: it names one account, and is made and read with the portal's own keys."""

from itsdangerous import BadData, URLSafeSerializer

from portal.kernel.settings import Settings


def stop_link(settings: Settings, account_id: int) -> str:
    """The whole address that stops the mails of this account beside its notifications."""
    return f"{settings.base_url.rstrip('/')}/mails/stop/{_signer(settings).dumps(account_id)}"


def account_in(settings: Settings, token: str) -> int | None:
    """The account a link names, or None where the portal did not make it."""
    try:
        found = _signer(settings).loads(token)
    except BadData:
        return None
    return found if isinstance(found, int) else None


def _signer(settings: Settings) -> URLSafeSerializer:
    """Signs with the key in force; reads what older ones have signed too, since mails are kept for years."""
    return URLSafeSerializer([*settings.old_secret_keys, settings.secret_key], salt="stop mails")
