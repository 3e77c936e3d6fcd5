"""The mixins hold the asserts, so pytest must rewrite them too."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("contract")
