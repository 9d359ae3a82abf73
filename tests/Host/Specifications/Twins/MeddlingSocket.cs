using Disguise.Actors.Execution;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Waiting;

namespace Disguise.Host.Tests.Specifications.Twins;

/// <summary>A library that forgets replies, or says of every port that it is bound.</summary>
internal sealed class MeddlingSocket(IDatagramSocket inner) : IDatagramSocket
{
    private readonly Nothing nothing = new();

    /// <summary>Whether this reply is forgotten.</summary>
    public Func<bool> Forgets { get; init; } = () => false;

    /// <summary>Whether every port can be bound.</summary>
    public bool BindsAnything { get; init; }

    public UdpEndpoints Endpoints => inner.Endpoints;

    public int PayloadBytes => inner.PayloadBytes;

    public async EmulatedTask<BindResult> Bind(ushort port)
    {
        var result = await inner.Bind(port);
        return BindsAnything ? BindResult.Bound : result;
    }

    public RoutineAwaiter Receive() => inner.Receive();

    public RoutineAwaiter Reply() => Forgets() ? nothing.Do() : inner.Reply();

    private sealed class Nothing : Routine
    {
        public RoutineAwaiter Do()
        {
            Result = true;
            return Start();
        }

        protected override bool Advance() => true;
    }
}
