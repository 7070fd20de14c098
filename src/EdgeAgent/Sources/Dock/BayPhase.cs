namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

internal enum BayPhase
{
    Empty,
    Reading,
    Copied,
    Released,
}
