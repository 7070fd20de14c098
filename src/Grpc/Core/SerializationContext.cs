using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a message writes its bytes. Either <see cref="Complete(byte[])"/>, or the writer and <see cref="Complete()"/>.</summary>
public abstract class SerializationContext
{
    /// <summary>Gives the whole payload at once.</summary>
    public virtual void Complete(byte[] payload) => throw new NotImplementedException();

    /// <summary>The payload's writer.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotImplementedException();

    /// <summary>Announces the size, so that nothing has to be buffered to find it out.</summary>
    public virtual void SetPayloadLength(int payloadLength) => throw new NotImplementedException();

    /// <summary>The payload is written.</summary>
    public virtual void Complete() => throw new NotImplementedException();
}
