using System.Reflection;
using Akka.Actor;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.Scheduling;
using Disguise.Kernels.Tests.Arrakis.Scenes;
using Xunit.Abstractions;
using Card = Disguise.Hardware.Nic.Nic;

namespace Disguise.Kernels.Tests.Arrakis;

/// <summary>
/// What a tenant costs the kernel and its container: a million of them have to fit on one host.
/// </summary>
public sealed class TenantFootprintSpecs(ITestOutputHelper output)
{
    [Fact]
    public void A_tenant_with_memory_card_and_doorbell_costs_the_kernel_1200_bytes_and_less()
    {
        var few = BytesOf(100, out var container);
        var many = BytesOf(900, out _);

        var kernel = (many - few) / 800;

        output.WriteLine($"{kernel} bytes a tenant in the kernel, {container} in its container");
        Assert.InRange(kernel, 300, 1_200);
        Assert.InRange(container, 50, 400);
    }

    private static long BytesOf(int tenants, out long container)
    {
        var scene = new KernelScene(new SceneOptions
        {
            Cores = 16,
            Model = NicModel.Ideal,
            Kernel = new ArrakisOptions { VirtualFunctions = tenants },
        });
        for (var tenant = 0; tenant < tenants; tenant++)
        {
            scene.Tenant($"echo[{tenant}]", CorePlacement.Shared, async program =>
            {
                await program.SetUp();
                var echo = new EchoDriver(program);
                await echo.Start();
                await echo.Associate();
                await program.WaitForDoorbell();
            });
        }

        using var started = scene.Start();
        scene.Run(30 * Picoseconds.PerMillisecond);
        Assert.Equal(tenants, scene.Readiness.Count(ready => ready.Failure is null));
        container = ObjectGraph.BytesOf(ActorOf(scene.Containers[0]), IsNotTheKernels);
        return ObjectGraph.BytesOf(ActorOf(scene.Kernel.Actor), IsNotTheKernels);
    }

    private static object ActorOf(IslandActorRef reference) => typeof(ActorCell)
        .GetProperty("Actor", BindingFlags.Instance | BindingFlags.NonPublic)!
        .GetValue(reference.Cell)!;

    private static bool IsNotTheKernels(object found) =>
        found is IslandActorRef or Island or Machine or PhysicalMemory or Card or CpuContext
            or Core or CostTable or LedgerAccount or IActorContext or KernelScene or Delegate
            or ArrakisKernel or MachineActor or FrameAllocator or Iommu or CoreActor
            or Disguise.Kernels.Abstractions.IProtectionDomainFactory;
}
