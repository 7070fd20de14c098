using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;

namespace EdgeEnforcement.Evidence;

/// <summary>Reads envelopes from untrusted bytes. Whatever the bytes, it answers; it never throws.</summary>
public static class EnvelopeReader
{
    /// <summary>1 MiB: a manifest with the chunk hashes of 125 GiB (media.proto). A door that allows less says so itself.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>True when the envelope holds a record with a well-formed identity and a known body; else the fault says what was wrong.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, out OpenedEnvelope opened)
    {
        opened = Read(bytes);
        return opened.Fault == EnvelopeFault.None;
    }

    private static OpenedEnvelope Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
            return new OpenedEnvelope(bytes, EnvelopeFault.TooLarge, Envelope: null, Record: null);
        if (!TryParse(SignedEnvelope.Parser, bytes.Span, out var envelope) || (envelope.PayloadType.Length == 0 && envelope.Payload.IsEmpty))
            return new OpenedEnvelope(bytes, EnvelopeFault.NotAnEnvelope, Envelope: null, Record: null);
        if (envelope.PayloadType != PayloadTypes.Record)
            return new OpenedEnvelope(bytes, EnvelopeFault.UnknownPayloadType, envelope, Record: null);
        if (!TryParse(Record.Parser, envelope.Payload.Span, out var record))
            return new OpenedEnvelope(bytes, EnvelopeFault.NotARecord, envelope, Record: null);

        var fault = !RecordIdentities.IsWellFormed(record.Identity) ? EnvelopeFault.BadIdentity
            : record.BodyCase == Record.BodyOneofCase.None ? EnvelopeFault.UnknownBody
            : EnvelopeFault.None;
        return new OpenedEnvelope(bytes, fault, envelope, record);
    }

    internal static bool TryParse<T>(MessageParser<T> parser, ReadOnlySpan<byte> bytes, out T message)
        where T : IMessage<T>, new()
    {
        try
        {
            message = parser.ParseFrom(bytes);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            // The generated parser has no other way to say that untrusted bytes are not its message.
            message = new T();
            return false;
        }
    }
}
