using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Localization;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.OperatorConsole.Views.Procedure;

/// <summary>A clock as a bar: how much of it is gone at an instant, where its marks stand. Pure.</summary>
public readonly record struct ClockDial(ClockState Clock, DateTimeOffset Now)
{
    public bool IsStopped => Clock.StoppedAt is not null;

    public bool IsPaused => !IsStopped && Clock.PausedSince is not null;

    public bool IsOver => !IsStopped && !IsPaused && Clock.DueAt is not null && At >= Clock.DueAt.ToDateTimeOffset();

    /// <summary>0 to 100; stands still from its stop or its pause.</summary>
    public double GonePercent => Percent(At);

    public double? HalfPercent => PercentOf(Clock.HalfAt);

    public double? EightyPercent => PercentOf(Clock.EightyAt);

    /// <summary>Colour comes with a word: the word is the page's.</summary>
    public string Urgency => IsStopped ? "stopped" : IsPaused ? "paused" : IsOver ? Clock.Effect == ClockEffect.Opens ? "open" : "over"
        : Past(Clock.LastDayAt) ? "last" : Past(Clock.EightyAt) ? "soon" : "calm";

    /// <summary>Civil days from today to the last day of the period; negative: it is over.</summary>
    public int DaysLeft => Clock.DueAt is null ? 0 : ProcessWording.LastDay(Clock.DueAt).DayNumber - Figures.Day(At).DayNumber;

    private DateTimeOffset At => (Clock.StoppedAt ?? Clock.PausedSince)?.ToDateTimeOffset() ?? Now;

    private bool Past(Timestamp? mark) => mark is not null && At >= mark.ToDateTimeOffset();

    private double? PercentOf(Timestamp? mark) => mark is null ? null : Percent(mark.ToDateTimeOffset());

    private double Percent(DateTimeOffset at)
    {
        if (Clock.StartedAt is null || Clock.DueAt is null)
            return 0;
        var (start, due) = (Clock.StartedAt.ToDateTimeOffset(), Clock.DueAt.ToDateTimeOffset());
        return due <= start ? 100 : Math.Clamp((at - start) / (due - start) * 100, 0, 100);
    }
}
