namespace Disguise.Hardware.PciExpress;

/// <summary>Takes the messages that a function's vectors send.</summary>
public interface IMsiXSink
{
    /// <summary>A vector sends its message: a memory write of 32 bits.</summary>
    void Interrupt(int vector, ulong messageAddress, uint messageData);
}
