# Extaris, the user-level network stack of Arrakis, and its kernel Barrelfish (TOCS 33(4):11, 2015;
# here T15). Table I gives the time of one UDP packet of 1,024 bytes, 1,000 samples.
# A line: cost = value unit [assumed] # source. Units: ps ns us instr; with /B a byte.

description = Extaris (derived from lwIP) over Barrelfish

# The stack, by interface
stack-receive-native = 210 ns # T15 Table I: Arrakis/N, network stack in, 0.21 us
stack-send-native = 170 ns # T15 Table I: Arrakis/N, network stack out, 0.17 us
stack-receive-posix = 320 ns # T15 Table I: Arrakis/P, network stack in, 0.32 us
stack-send-posix = 270 ns # T15 Table I: Arrakis/P, network stack out, 0.27 us
copy-receive = 264 ps/B # T15 Table I: Arrakis/P, copy in, 0.27 us for 1,024 bytes; linear
copy-send = 566 ps/B # T15 Table I: Arrakis/P, copy out, 0.58 us for 1,024 bytes; linear

# The control plane and the scheduler: the paper prints no times for them
control-plane-call = 1 us assumed # checks and bookkeeping of one call
page-table-entry = 50 ns assumed # one entry written, tables at hand
scheduler-wake-up = 300 ns assumed # making a waiting context ready
scheduler-dispatch = 300 ns assumed # choosing the next context

# Cards in software
software-card-packet = 3 us assumed # T15 section 3.3: a VSIC in software adds 3 us; here a packet

# What a stack must do that tenants share; charged by placement, and no paper prints the split
demultiplexing = 60 ns assumed # two hash look-ups: the tenant's, then the socket's
receive-buffer-accounting = 40 ns assumed # an atomic addition and a comparison
socket-lock-receive = 30 ns assumed # one uncontended lock, taken and released
argument-check-receive = 20 ns assumed # descriptor, length and addresses
send-buffer-accounting = 40 ns assumed # an atomic addition and a comparison
socket-lock-send = 30 ns assumed # one uncontended lock, taken and released
argument-check-send = 20 ns assumed # descriptor, length and addresses
event-wait = 200 ns assumed # epoll_wait beside the entry into the kernel
event-notification = 60 ns assumed # one entry of a list of those ready
queueing-discipline = 150 ns assumed # classify, enqueue, dequeue of one packet
receiver-notification = 170 ns assumed # as linux-3.8: this profile's own system has no such path
user-copy-receive = 0 ns assumed # within the copy's time by the byte
user-copy-send = 0 ns assumed # within the copy's time by the byte

# The state of the core that a packet finds: as linux-3.8, since idle states are the hardware's
stack-receive-while-running = 20 ns assumed # as linux-3.8
stack-send-after-idle = 370 ns assumed # as linux-3.8
copy-receive-after-idle = 10 ns assumed # as linux-3.8
copy-send-after-idle = 110 ns assumed # as linux-3.8
trap-after-idle = 15 ns assumed # as linux-3.8
trap-return-after-idle = 50 ns assumed # as linux-3.8
idle-leave = 1230 ns assumed # as linux-3.8

# Messages between servers
ipc-path = 0 ns assumed # as l4: no other source prints one

# An exokernel's primitives and virtual memory's, of which no source tells for this code: as
# aegis-exos has them in instructions, the mean of the machines of SOSP 1995.
exception-forward = 18 instr assumed # as aegis-exos
stlb-refill = 18 instr assumed # as aegis-exos
kernel-call-demultiplex = 10 instr assumed # as aegis-exos
kernel-call = 27 instr assumed # as aegis-exos
kernel-call-stack = 14 instr assumed # as aegis-exos
protected-transfer = 20 instr assumed # as aegis-exos
tlb-write-call = 20 instr assumed # as aegis-exos
frame-call = 40 instr assumed # as aegis-exos
slice-upcall = 30 instr assumed # as aegis-exos
predicate-evaluate = 10 instr assumed # as aegis-exos
context-save = 20 instr assumed # as aegis-exos
stride-select = 60 instr assumed # as aegis-exos
pipe-call = 150 ns assumed # as linux-3.8
pipe-byte = 234 ps/B assumed # as linux-3.8
signal-send = 300 ns assumed # as linux-3.8
page-table-lookup-linear = 211 instr assumed # as aegis-exos
page-table-lookup-inverted = 88 instr assumed # as aegis-exos
page-table-next-inverted = 8 instr assumed # as aegis-exos
page-protect = 111 instr assumed # as aegis-exos
page-protect-range-page = 21 instr assumed # as aegis-exos
page-unprotect-range-page = 29 instr assumed # as aegis-exos
fault-dispatch = 106 instr assumed # as aegis-exos
fault-look-up = 0 instr assumed # within signal-delivery
signal-delivery = 1500 ns assumed # as linux-3.8: this profile's own system has no signals
tlb-refill-handler = 9 instr assumed # as ultrix-4.2
system-call-path = 0 ns assumed # as linux-3.8
