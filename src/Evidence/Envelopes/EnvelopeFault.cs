namespace EdgeEnforcement.Evidence;

/// <summary>Why an envelope could not be read as a record.</summary>
public enum EnvelopeFault
{
    None,

    /// <summary>Above <see cref="EnvelopeReader.MaxBytes"/>; not looked into.</summary>
    TooLarge,

    /// <summary>The bytes are no envelope.</summary>
    NotAnEnvelope,

    /// <summary>An envelope whose payload type this version does not know.</summary>
    UnknownPayloadType,

    /// <summary>The payload is no record.</summary>
    NotARecord,

    /// <summary>Producer, epoch, class or sequence is missing or out of its range.</summary>
    BadIdentity,

    /// <summary>A record without a body, or with one this version does not know.</summary>
    UnknownBody,
}
