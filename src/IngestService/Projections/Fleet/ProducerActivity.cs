namespace EdgeEnforcement.IngestService.Projections.Fleet;

/// <summary>What one batch says of one producer.</summary>
internal sealed class ProducerActivity
{
    public long LastSeen { get; set; }
    public uint Epoch { get; set; }
    public long Records { get; set; }
    public long Conflicts { get; set; }
}
