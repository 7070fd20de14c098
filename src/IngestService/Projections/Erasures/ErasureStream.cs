namespace EdgeEnforcement.IngestService.Projections.Erasures;

/// <summary>Name of an erasure's stream in the sequencer: of two second approvals at once only one can win.</summary>
internal static class ErasureStream
{
    public static string Of(string erasureId) => $"erasure/{erasureId}";
}
