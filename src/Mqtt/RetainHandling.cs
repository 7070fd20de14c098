namespace EdgeEnforcement.Mqtt;

/// <summary>Which retained messages a subscription asks for (5.0, section 3.8.3.1). 3 is a protocol error.</summary>
public enum RetainHandling : byte
{
    SendAtSubscribe = 0,
    SendAtNewSubscribe = 1,
    DoNotSend = 2,
}
