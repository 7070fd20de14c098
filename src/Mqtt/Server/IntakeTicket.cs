namespace EdgeEnforcement.Mqtt.Server;

/// <summary>
/// A place in a connection's order of answers. It is used again and again by its connection: after <see cref="Complete"/> or <see cref="Fail"/>
/// it is not to be touched, except to <see cref="Wake"/>.
/// </summary>
public sealed class IntakeTicket
{
    private const int Waiting = 0;
    private const int Answered = 1;
    private const int Broken = 2;

    private readonly Action _wake;
    private int _state;

    internal IntakeTicket(int token, Action wake)
    {
        Token = token;
        _wake = wake;
    }

    /// <summary>Small, and stays with this object: an index for whoever keeps a table of tickets.</summary>
    public int Token { get; }

    internal AnswerType Type { get; private set; }

    internal ushort PacketId { get; private set; }

    /// <summary>The packet id is remembered by the broker only when this answer says that it was kept.</summary>
    internal bool IsIntakes { get; private set; }

    internal IntakeAnswer Answer { get; private set; }

    /// <summary>One for each filter.</summary>
    internal IReadOnlyList<ReasonCode> Reasons { get; private set; } = [];

    internal bool IsDecided => Volatile.Read(ref _state) != Waiting;

    internal bool IsBroken => Volatile.Read(ref _state) == Broken;

    internal void Begin(AnswerType type, ushort packetId, bool isIntakes)
    {
        (Type, PacketId, IsIntakes) = (type, packetId, isIntakes);
        Volatile.Write(ref _state, Waiting);
    }

    public void Complete(in IntakeAnswer answer)
    {
        Answer = answer;
        Volatile.Write(ref _state, Answered);
    }

    internal void Complete(IReadOnlyList<ReasonCode> reasons)
    {
        Reasons = reasons;
        Complete(new IntakeAnswer(ReasonCode.Success, IsKept: true));
    }

    /// <summary>Nobody knows what became of it: neither it nor anything after it will be answered, and the connection ends.</summary>
    public void Fail() => Volatile.Write(ref _state, Broken);

    /// <summary>Lets the connection send what is decided. Apart from <see cref="Complete"/>, so that many can be completed before.</summary>
    public void Wake() => _wake();
}
