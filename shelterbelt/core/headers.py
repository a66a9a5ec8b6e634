"""The headers that every answer carries, whatever it is: page, error, redirect, file. See docs/reference/headers.md."""

from collections.abc import Mapping

# What a page could ask a browser for. None of it is needed but passkeys, and those by our own pages only.
_UNUSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "clipboard-write",
    "display-capture", "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid",
    "identity-credentials-get", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi",
    "otp-credentials", "payment", "picture-in-picture", "screen-wake-lock", "serial", "storage-access", "usb",
    "window-management", "xr-spatial-tracking",
)  # fmt: skip
_OURS_ALONE = ("publickey-credentials-create", "publickey-credentials-get")

EVERY: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join([*(f"{name}=()" for name in _UNUSED), *(f"{name}=(self)" for name in _OURS_ALONE)]),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Origin-Agent-Cluster": "?1",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
}

LACKED_BY_NONE = (*EVERY, "Content-Security-Policy", "X-Request-ID")
"""What tests look for on every answer."""

FILE_OF_OTHERS = "default-src 'none'; sandbox"
"""The policy of a file that somebody sent: should a browser show it after all, it can do nothing."""


def content_policy(*, https: bool) -> dict[str, list[str] | bool]:
    """Everything comes from here: no inline code, no inline style, nothing from elsewhere, nothing in a frame."""
    own = ["'self'"]
    policy: dict[str, list[str] | bool] = {
        "default-src": ["'none'"],
        "script-src": own,
        "style-src": own,
        "img-src": [*own, "data:"],  # USWDS draws a few icons of its own from data URLs
        "font-src": own,
        "connect-src": own,
        "worker-src": own,
        "manifest-src": own,
        "form-action": own,
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
    return policy | ({"upgrade-insecure-requests": True} if https else {})
