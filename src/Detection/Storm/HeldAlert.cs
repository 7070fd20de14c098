using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Storm;

/// Why an alert has not gone out: it waits for others of its gateway, its parent speaks for it, or the budget is spent.
internal enum HeldFor
{
    Gather,
    Parent,
    Budget,
}

/// An alert that was opened and has not gone out; Latest is what was said of it since.
internal sealed class HeldAlert(Decision opened, DateTimeOffset since)
{
    public Decision Opened => opened;

    public DateTimeOffset Since => since;

    public Decision? Latest { get; set; }

    public HeldFor For { get; set; }

    public ParentKey? Parent { get; set; }

    public void Write(StateWriter to)
    {
        Write(opened, to);
        to.Time(since);
        to.Flag(Latest is not null);
        if (Latest is not null)
            Write(Latest, to);
        to.Number((long)For);
        to.Flag(Parent is not null);
        if (Parent is not { } parent)
            return;
        to.Text(parent.Rule);
        to.Text(parent.Source);
        to.Text(parent.Target);
    }

    public static HeldAlert Read(StateReader from)
    {
        var held = new HeldAlert(ReadDecision(from), from.Time());
        if (from.Flag())
            held.Latest = ReadDecision(from);
        held.For = (HeldFor)from.Signed();
        if (from.Flag())
            held.Parent = new ParentKey(from.Text(), from.Text(), from.Text());
        return held;
    }

    private static void Write(Decision decision, StateWriter to)
    {
        to.Text(decision.SourceDevice);
        to.Message(decision.Alert);
        to.Number((long)decision.Kind);
        to.Number((long)decision.Category);
    }

    private static Decision ReadDecision(StateReader from) =>
        new(from.Text(), from.Message(FieldAlert.Parser), (RuleKind)from.Signed(), (AlertCategory)from.Signed());
}
