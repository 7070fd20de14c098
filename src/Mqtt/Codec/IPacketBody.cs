namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>A packet's variable header and payload as fields, for counting and for writing alike.</summary>
internal interface IPacketBody
{
    /// <summary>The property list without its length.</summary>
    void Properties<TSink>(ref TSink sink, AnswerParts parts)
        where TSink : struct, IFieldSink, allows ref struct;

    /// <param name="sink">Where the fields go.</param>
    /// <param name="parts">What to leave out of the properties.</param>
    /// <param name="propertyBytes">Length of the property list, counted before.</param>
    void Fields<TSink>(ref TSink sink, AnswerParts parts, int propertyBytes)
        where TSink : struct, IFieldSink, allows ref struct;
}
