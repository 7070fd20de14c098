namespace EdgeEnforcement.IngestService.Ledger.Scrub;

/// <summary>Written by the scrubber, read by metrics and health.</summary>
internal sealed class ScrubStatus
{
    private ScrubState _state = new();

    public ScrubState State
    {
        get => Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, value);
    }
}
