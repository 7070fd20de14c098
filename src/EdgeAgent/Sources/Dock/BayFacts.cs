namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// What one scan found, as far as the bay's phase depends on it.
internal readonly record struct BayFacts(bool Present, int Outstanding, bool Amber, bool Anchored, bool PatienceOver, bool ReleaseForbidden);
