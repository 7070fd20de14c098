namespace EdgeEnforcement.Mqtt.Sessions;

/// <summary>What a receiver answers to a delivery.</summary>
public enum AnswerKind : byte
{
    Puback = 4,
    Pubrec = 5,
    Pubcomp = 7,
}
