using EdgeEnforcement.OperatorConsole.Localization;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>"May it handle this item here on this date": the part of the page's address that is the question.</summary>
public sealed record CompetenceQuestion(string? Item, string? Territory, string? Day)
{
    private const int Noon = 12;

    /// <summary>Today is asked for as now (null); another day at its noon in Shanghai.</summary>
    public Timestamp? At(DateTimeOffset now) => Figures.TryDay(Day, out var day) && day != Figures.Day(now)
        ? Figures.FromCivil(day.ToDateTime(new TimeOnly(Noon, 0))) : null;
}
