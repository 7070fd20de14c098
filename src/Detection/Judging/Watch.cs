using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Judging;

/// One rule over one station, with all it remembers.
internal abstract class Watch(RuleContext context)
{
    public RuleContext Context { get; } = context;

    protected Rule Rule => Context.Rule;

    /// Any reading of what the rule looks at, whatever its flag.
    public virtual void Heard(in Observation reading, bool live, List<Decision> to)
    {
    }

    /// A reading that may be judged, after Heard. Live: in time and newer than all before; it alone touches the live state.
    public virtual void Judge(in Observation reading, bool live, List<Decision> to)
    {
    }

    public virtual void Judge(DeviceEvent happened, QuotedReading where, DateTimeOffset at, List<Decision> to)
    {
    }

    public virtual void Tick(DateTimeOffset now, List<Decision> to)
    {
    }

    /// Nobody listened until now.
    public virtual void Resume(DateTimeOffset now)
    {
    }

    public abstract IEnumerable<OpenEpisode> Episodes { get; }

    /// The rule is not in force any more as it was: what is open ends with that reason.
    public abstract void Withdraw(DateTimeOffset now, List<Decision> to);

    public abstract void Write(StateWriter to);

    public abstract void Read(StateReader from);

    public static Watch Of(RuleContext context, DateTimeOffset now) => context.Rule.Terms switch
    {
        RuleTerms.Missing terms => new MissingWatch(context, terms, now),
        RuleTerms.Tamper terms => new TamperWatch(context, terms),
        RuleTerms.Backfill terms => new BackfillWatch(context, terms),
        _ => new ReadingWatch(context),
    };
}
