namespace EdgeEnforcement.Mqtt.Sessions.State;

/// Number is the session's or the retained message's; Subject is the one or the other.
internal readonly record struct Deadline(long DueAt, DeadlineKind Kind, ulong Number, object Subject) : IComparable<Deadline>
{
    public int CompareTo(Deadline other)
    {
        var byInstant = DueAt.CompareTo(other.DueAt);
        if (byInstant != 0)
            return byInstant;
        var byKind = Kind.CompareTo(other.Kind);
        return byKind != 0 ? byKind : Number.CompareTo(other.Number);
    }
}
