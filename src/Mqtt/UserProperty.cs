namespace EdgeEnforcement.Mqtt;

/// <summary>A name and a value; the same name may come more than once and the order is kept (5.0, section 3.3.2.3.7).</summary>
public readonly record struct UserProperty(string Name, string Value);
