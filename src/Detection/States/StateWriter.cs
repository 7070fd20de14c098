using Google.Protobuf;

namespace EdgeEnforcement.Detection.States;

/// Little-endian numbers, length-prefixed UTF-8 and protobuf messages, in the order they are written; StateReader reads the same order.
internal sealed class StateWriter(BinaryWriter to)
{
    public void Number(long value) => to.Write(value);

    public void Number(ulong value) => to.Write(value);

    public void Number(double value) => to.Write(value);

    public void Flag(bool value) => to.Write(value);

    public void Text(string value) => to.Write(value);

    public void Time(DateTimeOffset value) => to.Write(value.UtcTicks);

    public void Bytes(ReadOnlySpan<byte> value)
    {
        to.Write(value.Length);
        to.Write(value);
    }

    public void Message(IMessage value) => Bytes(value.ToByteArray());

    public void Optional(IMessage? value)
    {
        Flag(value is not null);
        if (value is not null)
            Message(value);
    }

    public void Many<T>(IReadOnlyCollection<T> values)
        where T : IMessage
    {
        Number((long)values.Count);
        foreach (var value in values)
            Message(value);
    }
}
