"""Verbs: what can happen, and when it may. Knows the models; never Flask, never a vendor."""
