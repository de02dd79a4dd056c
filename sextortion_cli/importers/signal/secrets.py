"""Keys, pins and passwords in Signal's files: a mark stands in their place wherever anything is shown."""

from __future__ import annotations

from typing import Final

SECRETS: Final = frozenset(
    (
        "mediaRootBackupKey",
        "profileKey",
        "masterKey",
        "rootKey",
        "adminKey",
        "entropy",
        "svrPin",
        "inviteLinkPassword",
        "packKey",
        "key",
        "localKey",
        "identityKey",
        "subscriberId",
        "purchaseToken",
        "originalTransactionId",
        "receiptCredentialPresentation",
        "transitCdnKey",
        "cdnKey",
        "iv",
        "secretParams",
        "publicParams",
        "storageKey",
        "accountEntropyPool",
        "accessKey",
        "debugInfo",
    )
)
