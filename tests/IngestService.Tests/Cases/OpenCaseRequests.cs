using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Tests.Cases;

internal static class OpenCaseRequests
{
    public static OpenCaseRequest With(this OpenCaseRequest act, ulong leadVersion)
    {
        act.ExpectedLeadVersion = leadVersion;
        return act;
    }
}
