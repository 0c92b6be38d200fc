"""LATER: handlers of promised jobs. Each is idempotent: a worker may die after the deed and before the tick."""
