namespace EdgeEnforcement.Mqtt.Topics;

/// <summary>What is wrong with a topic filter (sections 4.7 and 4.8.2).</summary>
internal enum FilterFault
{
    None,
    Empty,
    HashNotLast,
    PlusNotAlone,
    ShareNameMissing,

    /// <summary>A wildcard in the share name, or no filter after it.</summary>
    ShareNameInvalid,
}
