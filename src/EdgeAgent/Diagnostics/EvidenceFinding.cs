namespace EdgeEnforcement.EdgeAgent.Diagnostics;

internal enum EvidenceFinding
{
    Pass,
    Fail,
    Waits,
}
