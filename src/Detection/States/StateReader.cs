using Google.Protobuf;

namespace EdgeEnforcement.Detection.States;

/// Reads what StateWriter wrote. The checksum has been checked before, so what does not fit is another version's: InvalidDataException.
internal sealed class StateReader(BinaryReader from)
{
    public bool AtEnd => from.BaseStream.Position == from.BaseStream.Length;

    public long Signed() => from.ReadInt64();

    public ulong Unsigned() => from.ReadUInt64();

    public double Double() => from.ReadDouble();

    public bool Flag() => from.ReadBoolean();

    public string Text() => from.ReadString();

    public DateTimeOffset Time() => new(from.ReadInt64(), TimeSpan.Zero);

    public byte[] Bytes()
    {
        var length = from.ReadInt32();
        if (length < 0 || length > from.BaseStream.Length - from.BaseStream.Position)
            throw new InvalidDataException($"A part of {length} bytes does not fit into the rest.");
        return from.ReadBytes(length);
    }

    public T Message<T>(MessageParser<T> parser)
        where T : IMessage<T> => parser.ParseFrom(Bytes());

    public T? Optional<T>(MessageParser<T> parser)
        where T : class, IMessage<T> => Flag() ? Message(parser) : null;

    public List<T> Many<T>(MessageParser<T> parser)
        where T : IMessage<T>
    {
        var values = new List<T>();
        for (var left = Signed(); left > 0; left--)
            values.Add(Message(parser));
        return values;
    }
}
