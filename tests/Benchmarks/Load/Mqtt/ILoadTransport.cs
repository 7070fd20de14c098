namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>Bytes in and out of one connection; blocking until <see cref="EnterLoop"/>, never after it.</summary>
internal interface ILoadTransport : IDisposable
{
    /// <summary>0: nothing is there now. A closed connection is an <see cref="InvalidOperationException"/>.</summary>
    int Receive(Span<byte> target);

    /// <summary>Returns what was taken.</summary>
    int Send(ReadOnlySpan<byte> bytes);

    /// <summary>A receive that brought less than asked for took everything: the next event tells of more.</summary>
    bool TellsWhenEmpty { get; }

    void EnterLoop();
}
