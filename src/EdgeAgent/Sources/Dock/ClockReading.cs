namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// Recorder's clock minus agent's, with the half width of what is not known. Method says what was measured.
internal sealed record ClockReading(TimeSpan Offset, TimeSpan Uncertainty, string Method)
{
    // A clock farther off than a day says nothing about when something was recorded.
    private static readonly TimeSpan PlausibleOffset = TimeSpan.FromDays(1);

    public bool Implausible => Offset.Duration() - Uncertainty > PlausibleOffset;
}
