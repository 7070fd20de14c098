namespace EdgeEnforcement.Mqtt.Codec;

internal enum TextCheck
{
    Valid,
    IllFormed,
    HasNull,
}
