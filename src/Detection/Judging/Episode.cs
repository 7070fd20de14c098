using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Judging;

/// One run of what a rule looks for, from its first sign on. It is Opened when it lasted long enough, and Reported when somebody was told.
internal sealed class Episode(DateTimeOffset start, string maintenance)
{
    public DateTimeOffset Start { get; } = start;

    /// Of a planned maintenance window it lies in; empty: of none.
    public string Maintenance { get; } = maintenance;

    public QuoteList Quotes { get; } = new();

    public uint Count { get; private set; }

    public double Worst { get; private set; }

    public double WorstExcess { get; private set; }

    /// The end of the last reading that counted.
    public DateTimeOffset LastEnd { get; set; } = start;

    public bool Opened { get; set; }

    public bool Reported { get; private set; }

    public DateTimeOffset ReportedAt { get; private set; }

    /// An episode that told of this before, less grave.
    public string Parent { get; set; } = "";

    public void Add(double measured, double excess, DateTimeOffset end, QuotedReading? quote)
    {
        var isWorst = Count == 0 || excess > WorstExcess;
        if (isWorst)
            (Worst, WorstExcess) = (measured, excess);
        Count++;
        LastEnd = end > LastEnd ? end : LastEnd;
        if (quote is not null)
            Quotes.Add(quote, isWorst);
    }

    public void Told(DateTimeOffset at) => (Reported, ReportedAt) = (true, at);

    public static void Write(Episode? episode, StateWriter to)
    {
        to.Flag(episode is not null);
        if (episode is null)
            return;
        to.Time(episode.Start);
        to.Text(episode.Maintenance);
        to.Number((long)episode.Count);
        to.Number(episode.Worst);
        to.Number(episode.WorstExcess);
        to.Time(episode.LastEnd);
        to.Flag(episode.Opened);
        to.Flag(episode.Reported);
        to.Time(episode.ReportedAt);
        to.Text(episode.Parent);
        episode.Quotes.Write(to);
    }

    public static Episode? Read(StateReader from)
    {
        if (!from.Flag())
            return null;
        var episode = new Episode(from.Time(), from.Text())
        {
            Count = (uint)from.Signed(),
            Worst = from.Double(),
            WorstExcess = from.Double(),
            LastEnd = from.Time(),
            Opened = from.Flag(),
            Reported = from.Flag(),
            ReportedAt = from.Time(),
            Parent = from.Text(),
        };
        episode.Quotes.Read(from);
        return episode;
    }
}
