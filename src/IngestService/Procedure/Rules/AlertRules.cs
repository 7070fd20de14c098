using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>What the duty room is held to: how soon an alert is taken up (D-27), and how many closings the supervisor looks at (T2b).</summary>
/// <param name="Times">By severity; one that is not there has no clock.</param>
/// <param name="NightFrom">Civil time of Asia/Shanghai.</param>
/// <param name="NightUntil">As above; before <paramref name="NightFrom"/>: the night goes over midnight.</param>
/// <param name="SamplePercent">Of closings, from 0 to 100.</param>
internal sealed record AlertRules(IReadOnlyDictionary<AlertSeverity, AcknowledgeTime> Times, TimeOnly NightFrom, TimeOnly NightUntil, int SamplePercent)
{
    private const long MicrosPerMinute = 60_000_000;

    /// <summary>When an alert that came at this instant has to be taken up; null: no time is given for its severity. Microseconds since 1970 UTC.</summary>
    public long? DueMicros(AlertSeverity severity, long atMicros) => Times.TryGetValue(severity, out AcknowledgeTime? time)
        ? atMicros + (IsNight(atMicros) ? time.NightMinutes : time.Minutes) * MicrosPerMinute : null;

    private bool IsNight(long micros)
    {
        long ofDay = micros - CivilDay.StartOf(CivilDay.Of(micros));
        return TimeOnly.FromTimeSpan(TimeSpan.FromMicroseconds(ofDay)).IsBetween(NightFrom, NightUntil);
    }
}
