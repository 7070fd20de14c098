namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

/// Bits 2 to 7 of Flag; a frame without Flag is of 2005.
internal enum Hj212Version
{
    V2005 = 0,
    V2017 = 1,
    V2025 = 2,
}
