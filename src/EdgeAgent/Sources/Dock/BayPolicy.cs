namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// The phases of a bay and what moves between them. Pure.
///
///   Empty --present--> Reading --nothing outstanding--> Copied --anchored, or patience over--> Released
///     ^                  ^                                |                                      |
///     |                  +------- a file came or changed -+--------------------------------------+
///     +---- not present, from anywhere
///
/// An amber bay never leaves Copied: its recorder belongs to the custodian. A bay waits in Copied while the ledger's word is in doubt.
internal static class BayPolicy
{
    public static BayPhase Next(BayPhase phase, BayFacts facts, bool releaseNeedsAnchor)
    {
        if (!facts.Present)
            return BayPhase.Empty;
        if (phase == BayPhase.Empty || facts.Outstanding > 0)
            return BayPhase.Reading;
        if (phase == BayPhase.Reading)
            return BayPhase.Copied;
        if (phase == BayPhase.Released || facts.Amber || facts.ReleaseForbidden)
            return phase;
        return facts.Anchored || (facts.PatienceOver && !releaseNeedsAnchor) ? BayPhase.Released : BayPhase.Copied;
    }
}
