using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Append;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Tests.Ledger;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Explorer;

/// <summary>One thing a sender sends until it has an answer, and all the answers it got, over every restart of the service.</summary>
internal sealed class Message
{
    public const string Stream = "alert/1";

    private readonly AppendRequest? _request;

    private Message(string name, AppendRequest? request)
    {
        Name = name;
        _request = request;
    }

    public string Name { get; }

    /// <summary>Null for an operator's act: its bytes come into being when it is taken.</summary>
    public ReadOnlyMemory<byte>? Envelope => _request?.Envelope;

    public RecordIdentity? Identity => _request?.Identity;

    public List<AppendReceipt> Receipts { get; } = [];

    public List<RefusalDetail> Refusals { get; } = [];

    public bool IsAnswered => Receipts.Count + Refusals.Count > 0;

    /// <summary>Times it was sent after it had its answer: what a lost acknowledgement looks like from the other side.</summary>
    public int Repeats { get; set; }

    public AppendItem NewItem() =>
        _request is null ? new AppendItem(LeafOrigin.Operator, LedgerFixture.Fact(Stream, expected: 0)) : new AppendItem(_request);

    /// <summary>A producer's record; two of one number and other content are a conflict.</summary>
    public static Message Record(string name, string producer, ulong sequence) =>
        new(name, LedgerFixture.Request(sequence, producer, content: name));

    /// <summary>The clerk's fact under a precondition: its identity is its own, so it may be sent again.</summary>
    public static Message ClerkFact(string name, ulong sequence)
    {
        var fact = LedgerFixture.Fact(Stream, expected: 0);
        fact.Identity = new RecordIdentity { Producer = FactEnvelope.Clerk, Epoch = 1, RecordClass = RecordClass.P0, Sequence = sequence };
        return new Message(name, FactEnvelope.ToRequest(LeafOrigin.Clerk, fact));
    }

    /// <summary>An operator's act under the same precondition: numbered only when it is taken.</summary>
    public static Message OperatorAct(string name) => new(name, null);

    /// <summary>The same message in another world.</summary>
    public void TakeFrom(Message other)
    {
        Receipts.AddRange(other.Receipts);
        Refusals.AddRange(other.Refusals);
        Repeats = other.Repeats;
    }

    public static bool IsSameEntry(AppendReceipt one, AppendReceipt other) =>
        one.Index == other.Index && one.Leaf.Span.SequenceEqual(other.Leaf.Span) && one.Salt.Span.SequenceEqual(other.Salt.Span);

    public void Describe(BinaryWriter into)
    {
        into.Write(Name);
        into.Write(Receipts.Count > 0);
        into.Write(Refusals.Count > 0);
        into.Write(Repeats);
    }
}
